package android.os;

public abstract class CountDownTimer {
    private final long total;
    private final long interval;
    private final Handler handler = new Handler();
    private long end;
    private boolean cancelled;

    public CountDownTimer(long millisInFuture, long countDownInterval) {
        total = millisInFuture;
        interval = countDownInterval;
    }

    public abstract void onTick(long millisUntilFinished);

    public abstract void onFinish();

    public final synchronized void cancel() {
        cancelled = true;
        handler.removeCallbacksAndMessages(null);
    }

    public final synchronized CountDownTimer start() {
        cancelled = false;
        end = SystemClock.elapsedRealtime() + total;
        handler.post(this::tick);
        return this;
    }

    private synchronized void tick() {
        if (cancelled) return;
        long left = end - SystemClock.elapsedRealtime();
        if (left <= 0) {
            onFinish();
            return;
        }
        onTick(left);
        handler.postDelayed(this::tick, Math.min(interval, Math.max(1, left)));
    }
}
