package android.os;

/** Of all policies the twin keeps one: whether the network may be used on the main thread (by default it may not). */
public final class StrictMode {
    private static volatile boolean networkPermitted;

    private StrictMode() {}

    public static void setThreadPolicy(ThreadPolicy policy) {
        if (Looper.getMainLooper().isCurrentThread()) networkPermitted = policy.network;
    }

    public static ThreadPolicy getThreadPolicy() {
        return new ThreadPolicy(networkPermitted);
    }

    /** True when the main thread may use the network. */
    public static boolean isNetworkPermitted() {
        return networkPermitted;
    }

    public static void setVmPolicy(VmPolicy policy) {}

    public static void enableDefaults() {}

    public static final class ThreadPolicy {
        final boolean network;

        ThreadPolicy(boolean network) {
            this.network = network;
        }

        public static final class Builder {
            private boolean network;

            public Builder() {}

            public Builder(ThreadPolicy policy) {
                network = policy.network;
            }

            public Builder detectAll() {
                return this;
            }

            public Builder permitAll() {
                network = true;
                return this;
            }

            public Builder detectDiskReads() {
                return this;
            }

            public Builder detectDiskWrites() {
                return this;
            }

            public Builder detectNetwork() {
                return this;
            }

            public Builder permitNetwork() {
                network = true;
                return this;
            }

            public Builder penaltyLog() {
                return this;
            }

            public Builder penaltyDeath() {
                return this;
            }

            public ThreadPolicy build() {
                return new ThreadPolicy(network);
            }
        }
    }

    public static final class VmPolicy {
        VmPolicy() {}

        public static final class Builder {
            public Builder() {}

            public Builder detectAll() {
                return this;
            }

            public Builder penaltyLog() {
                return this;
            }

            public Builder penaltyDeath() {
                return this;
            }

            public VmPolicy build() {
                return new VmPolicy();
            }
        }
    }
}
