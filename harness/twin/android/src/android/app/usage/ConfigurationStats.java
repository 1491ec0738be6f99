package android.app.usage;

/** How long a configuration was in use. */
public final class ConfigurationStats {
    private ConfigurationStats() {}
}
