package dev.affray.cloud.local;

import picocli.CommandLine.IVersionProvider;

/** The version of this build, from its jar's manifest. */
final class Version implements IVersionProvider {
    /** The version; {@code development} outside a jar. */
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"affray-local " + text()};
    }
}
