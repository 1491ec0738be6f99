package android.os;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

@Deprecated
public abstract class AsyncTask<Params, Progress, Result> {
    private static final ThreadFactory threads = new ThreadFactory() {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(task, "AsyncTask #" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }
    };

    public static final Executor THREAD_POOL_EXECUTOR = Executors.newCachedThreadPool(threads);
    public static final Executor SERIAL_EXECUTOR = Executors.newSingleThreadExecutor(threads);

    private final Handler main = new Handler(Looper.getMainLooper());
    private volatile Status status = Status.PENDING;
    private volatile FutureTask<Result> future;
    private volatile boolean cancelled;

    public enum Status {
        PENDING,
        RUNNING,
        FINISHED
    }

    @SuppressWarnings("unchecked")
    protected abstract Result doInBackground(Params... params);

    protected void onPreExecute() {}

    protected void onPostExecute(Result result) {}

    @SuppressWarnings("unchecked")
    protected void onProgressUpdate(Progress... values) {}

    protected void onCancelled() {}

    protected void onCancelled(Result result) {
        onCancelled();
    }

    public final Status getStatus() {
        return status;
    }

    public final boolean isCancelled() {
        return cancelled;
    }

    public final boolean cancel(boolean mayInterruptIfRunning) {
        cancelled = true;
        return future != null && future.cancel(mayInterruptIfRunning);
    }

    public final Result get() throws InterruptedException, ExecutionException {
        return future.get();
    }

    public final Result get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(timeout, unit);
    }

    @SafeVarargs
    public final AsyncTask<Params, Progress, Result> execute(Params... params) {
        return executeOnExecutor(SERIAL_EXECUTOR, params);
    }

    @SafeVarargs
    public final AsyncTask<Params, Progress, Result> executeOnExecutor(Executor exec, Params... params) {
        if (status != Status.PENDING) throw new IllegalStateException("Cannot execute task: the task is already running.");
        status = Status.RUNNING;
        onPreExecute();
        future = new FutureTask<>(() -> doInBackground(params)) {
            @Override
            protected void done() {
                finish(this);
            }
        };
        exec.execute(future);
        return this;
    }

    public static void execute(Runnable runnable) {
        SERIAL_EXECUTOR.execute(runnable);
    }

    private void finish(FutureTask<Result> done) {
        main.post(() -> {
            Result result = null;
            try {
                result = done.get();
            } catch (CancellationException | InterruptedException e) {
                cancelled = true;
            } catch (ExecutionException e) {
                throw new RuntimeException("An error occurred while executing doInBackground()", e.getCause());
            }
            status = Status.FINISHED;
            if (cancelled) onCancelled(result);
            else onPostExecute(result);
        });
    }

    @SafeVarargs
    protected final void publishProgress(Progress... values) {
        if (!cancelled) main.post(() -> onProgressUpdate(values));
    }
}
