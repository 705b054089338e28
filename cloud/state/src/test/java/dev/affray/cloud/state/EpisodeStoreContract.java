package dev.affray.cloud.state;

import static dev.affray.cloud.state.Examples.at;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What every {@link EpisodeStore} must do. */
public abstract class EpisodeStoreContract {
    /** The store under test, empty. */
    protected abstract EpisodeStore store();

    @Test
    void anEpisodeIsReplacedOnlyByItsSuccessor() {
        assertThat(store().episode("School/hall")).isEmpty();
        assertThat(store().replace(episode("School/hall", 2, "i0"))).isFalse();

        assertThat(store().replace(episode("School/hall", 1, "i1"))).isTrue();
        assertThat(store().replace(episode("School/hall", 1, "i2"))).isFalse();
        assertThat(store().replace(episode("School/hall", 2, "i3"))).isTrue();
        assertThat(store().replace(episode("School/hall", 2, "i4"))).isFalse();

        assertThat(store().episode("School/hall")).contains(episode("School/hall", 2, "i3"));
        assertThat(store().episode("School/yard")).isEmpty();
    }

    private static Episode episode(String group, long version, String lead) {
        return new Episode(group, version, lead, "gateway-1/door", at(0), at(5));
    }
}
