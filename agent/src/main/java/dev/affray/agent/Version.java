package dev.affray.agent;

import picocli.CommandLine;

/** The agent's version, from its jar. */
final class Version implements CommandLine.IVersionProvider {
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"affray-agent " + text()};
    }
}
