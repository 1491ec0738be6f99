package android.app;

final class SuperNotCalledException extends android.util.AndroidRuntimeException {
    SuperNotCalledException(String msg) {
        super(msg);
    }
}
