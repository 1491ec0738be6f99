package android.os;

public final class Message {
    public int what;
    public int arg1;
    public int arg2;
    public Object obj;
    public Messenger replyTo;
    Bundle data;
    long when;
    Handler target;
    Runnable callback;

    public Message() {}

    public static Message obtain() {
        return new Message();
    }

    public static Message obtain(Message orig) {
        Message message = new Message();
        message.copyFrom(orig);
        return message;
    }

    public static Message obtain(Handler h) {
        Message message = new Message();
        message.target = h;
        return message;
    }

    public static Message obtain(Handler h, Runnable callback) {
        Message message = obtain(h);
        message.callback = callback;
        return message;
    }

    public static Message obtain(Handler h, int what) {
        Message message = obtain(h);
        message.what = what;
        return message;
    }

    public static Message obtain(Handler h, int what, Object obj) {
        Message message = obtain(h, what);
        message.obj = obj;
        return message;
    }

    public static Message obtain(Handler h, int what, int arg1, int arg2) {
        Message message = obtain(h, what);
        message.arg1 = arg1;
        message.arg2 = arg2;
        return message;
    }

    public static Message obtain(Handler h, int what, int arg1, int arg2, Object obj) {
        Message message = obtain(h, what, arg1, arg2);
        message.obj = obj;
        return message;
    }

    public void recycle() {}

    public void copyFrom(Message o) {
        what = o.what;
        arg1 = o.arg1;
        arg2 = o.arg2;
        obj = o.obj;
        replyTo = o.replyTo;
        data = o.data == null ? null : new Bundle(o.data);
    }

    public long getWhen() {
        return when;
    }

    public void setTarget(Handler target) {
        this.target = target;
    }

    public Handler getTarget() {
        return target;
    }

    public Runnable getCallback() {
        return callback;
    }

    public Bundle getData() {
        if (data == null) data = new Bundle();
        return data;
    }

    public Bundle peekData() {
        return data;
    }

    public void setData(Bundle data) {
        this.data = data;
    }

    public void sendToTarget() {
        target.sendMessage(this);
    }

    @Override
    public String toString() {
        return "{ when=" + when + " what=" + what + " obj=" + obj + " target=" + target + " }";
    }
}
