package android.content;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import twin.Binder;
import twin.Events;

public class ClipboardManager extends android.text.ClipboardManager {
    private static final List<OnPrimaryClipChangedListener> listeners = new CopyOnWriteArrayList<>();

    static {
        Events.on("clipboard.changed", args -> listeners.forEach(OnPrimaryClipChangedListener::onPrimaryClipChanged));
    }

    public interface OnPrimaryClipChangedListener {
        void onPrimaryClipChanged();
    }

    private final Context context;

    public ClipboardManager(Context context) {
        this.context = context;
    }

    public void setPrimaryClip(ClipData clip) {
        if (clip == null) throw new NullPointerException("clip");
        Binder.call("clipboard.set", clip.toMap());
    }

    public void clearPrimaryClip() {
        Binder.call("clipboard.set", (Object) null);
    }

    public ClipData getPrimaryClip() {
        Map<?, ?> found = (Map<?, ?>) Binder.call("clipboard.get");
        return found == null ? null : ClipData.fromMap(found);
    }

    public ClipDescription getPrimaryClipDescription() {
        Map<?, ?> found = (Map<?, ?>) Binder.call("clipboard.description");
        return found == null ? null : ClipData.describe(found);
    }

    public boolean hasPrimaryClip() {
        return Binder.call("clipboard.description") != null;
    }

    public void addPrimaryClipChangedListener(OnPrimaryClipChangedListener what) {
        listeners.add(what);
    }

    public void removePrimaryClipChangedListener(OnPrimaryClipChangedListener what) {
        listeners.remove(what);
    }

    @Override
    @Deprecated
    public CharSequence getText() {
        ClipData clip = getPrimaryClip();
        return clip == null || clip.getItemCount() == 0 ? null : clip.getItemAt(0).coerceToText(context);
    }

    @Override
    @Deprecated
    public void setText(CharSequence text) {
        setPrimaryClip(ClipData.newPlainText(null, text));
    }

    @Override
    @Deprecated
    public boolean hasText() {
        ClipData clip = getPrimaryClip();
        return clip != null && clip.getItemCount() > 0 && clip.getItemAt(0).getText() != null
                && clip.getItemAt(0).getText().length() > 0;
    }
}
