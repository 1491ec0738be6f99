package android.media.projection;

/** A picture of the screen as it goes on, which the user has allowed. */
public final class MediaProjection {
    private MediaProjection() {}

    public void stop() {}
}
