package android.widget;

import android.content.Context;
import android.content.res.ColorStateList;
import android.graphics.Color;
import android.graphics.Typeface;
import android.graphics.drawable.Drawable;
import android.text.Editable;
import android.text.InputFilter;
import android.text.InputType;
import android.text.Spannable;
import android.text.SpannableString;
import android.text.SpannableStringBuilder;
import android.text.Spanned;
import android.text.TextPaint;
import android.text.TextUtils;
import android.text.TextWatcher;
import android.text.method.LinkMovementMethod;
import android.text.method.MovementMethod;
import android.text.method.PasswordTransformationMethod;
import android.text.method.TransformationMethod;
import android.text.style.CharacterStyle;
import android.text.style.ClickableSpan;
import android.util.AttributeSet;
import android.util.TypedValue;
import android.view.Gravity;
import android.view.KeyEvent;
import android.view.View;
import android.view.ViewRootImpl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public class TextView extends View implements ViewRootImpl.Typed {
    private CharSequence text = "";
    private CharSequence hint;
    private float size;
    private Integer color;
    private Integer linkColor;
    private boolean bold;
    private int gravity = Gravity.TOP | Gravity.START;
    private int maxLines;
    private int inputType;
    private boolean password;
    private boolean allCaps;
    private boolean linksClickable = true;
    private CharSequence error;
    private InputFilter[] filters = new InputFilter[0];
    private MovementMethod movement;
    private OnEditorActionListener onAction;
    private final TextPaint paint = new TextPaint();
    private final List<TextWatcher> watchers = new ArrayList<>();
    private final List<CharacterStyle> spans = new ArrayList<>();

    public enum BufferType {
        NORMAL,
        SPANNABLE,
        EDITABLE
    }

    public interface OnEditorActionListener {
        boolean onEditorAction(TextView v, int actionId, KeyEvent event);
    }

    public TextView(Context context) {
        super(context);
        size = sp(14);
    }

    public TextView(Context context, AttributeSet attrs) {
        this(context);
    }

    public TextView(Context context, AttributeSet attrs, int defStyleAttr) {
        this(context, attrs);
    }

    float sp(float value) {
        return TypedValue.applyDimension(TypedValue.COMPLEX_UNIT_SP, value, getResources().getDisplayMetrics());
    }

    // ---- text -------------------------------------------------------------------------------------------------

    public CharSequence getText() {
        return text;
    }

    public final void setText(CharSequence text) {
        setText(text, BufferType.NORMAL);
    }

    public final void setText(int resid) {
        setText(getContext().getText(resid));
    }

    public void setText(CharSequence text, BufferType type) {
        CharSequence next = text == null ? "" : text;
        if (type == BufferType.EDITABLE) next = new SpannableStringBuilder(next);
        else if (type == BufferType.SPANNABLE || next instanceof Spanned) next = new SpannableString(next);
        else next = next.toString();
        CharSequence before = this.text;
        for (TextWatcher watcher : watchers()) watcher.beforeTextChanged(before, 0, before.length(), next.length());
        this.text = next;
        for (TextWatcher watcher : watchers()) watcher.onTextChanged(next, 0, before.length(), next.length());
        if (!watchers.isEmpty()) {
            Editable editable = next instanceof Editable ? (Editable) next : new SpannableStringBuilder(next);
            for (TextWatcher watcher : watchers()) watcher.afterTextChanged(editable);
        }
        invalidate();
    }

    private List<TextWatcher> watchers() {
        return new ArrayList<>(watchers);
    }

    public final void append(CharSequence text) {
        SpannableStringBuilder joined = new SpannableStringBuilder(this.text);
        joined.append(text);
        setText(joined);
    }

    public int length() {
        return text.length();
    }

    public CharSequence getHint() {
        return hint;
    }

    public final void setHint(CharSequence hint) {
        this.hint = hint;
        invalidate();
    }

    public void addTextChangedListener(TextWatcher watcher) {
        watchers.add(watcher);
    }

    public void removeTextChangedListener(TextWatcher watcher) {
        watchers.remove(watcher);
    }

    public void setOnEditorActionListener(OnEditorActionListener l) {
        onAction = l;
    }

    public void onEditorAction(int actionCode) {
        if (onAction != null) onAction.onEditorAction(this, actionCode, null);
    }

    public void setInputType(int type) {
        inputType = type;
        int variation = type & 0xfff;
        password = variation == (InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_PASSWORD)
                || variation == (InputType.TYPE_CLASS_NUMBER | InputType.TYPE_NUMBER_VARIATION_PASSWORD);
        invalidate();
    }

    public int getInputType() {
        return inputType;
    }

    public CharSequence getError() {
        return error;
    }

    public void setError(CharSequence error) {
        this.error = error;
    }

    public void setFilters(InputFilter[] filters) {
        if (filters == null) throw new IllegalArgumentException();
        this.filters = filters;
    }

    public InputFilter[] getFilters() {
        return filters;
    }

    CharSequence filtered(CharSequence typed) {
        CharSequence result = typed;
        for (InputFilter filter : filters) {
            CharSequence kept = filter.filter(result, 0, result.length(), new SpannableString(""), 0, 0);
            if (kept != null) result = kept;
        }
        return result;
    }

    public int getSelectionStart() {
        return text.length();
    }

    public int getSelectionEnd() {
        return text.length();
    }

    public final void setHint(int resid) {
        setHint(getContext().getText(resid));
    }

    public android.text.style.URLSpan[] getUrls() {
        return text instanceof Spanned
                ? ((Spanned) text).getSpans(0, text.length(), android.text.style.URLSpan.class) : new android.text.style.URLSpan[0];
    }

    public final void setAutoLinkMask(int mask) {
        if ((mask & android.text.util.Linkify.WEB_URLS) == 0) return;
        setMovementMethod(LinkMovementMethod.getInstance());
        android.text.util.Linkify.addLinks(this, mask);
    }

    public final void setTransformationMethod(TransformationMethod method) {
        password = method instanceof PasswordTransformationMethod;
        invalidate();
    }

    public final void setMovementMethod(MovementMethod movement) {
        this.movement = movement;
        if (movement instanceof LinkMovementMethod && text instanceof Spanned && !(text instanceof Spannable)) {
            text = new SpannableString(text);
        }
        invalidate();
    }

    public final MovementMethod getMovementMethod() {
        return movement;
    }

    // ---- looks ------------------------------------------------------------------------------------------------

    public void setTextSize(float size) {
        setTextSize(TypedValue.COMPLEX_UNIT_SP, size);
    }

    public void setTextSize(int unit, float size) {
        this.size = TypedValue.applyDimension(unit, size, getResources().getDisplayMetrics());
        invalidate();
    }

    public float getTextSize() {
        return size;
    }

    public void setTextColor(int color) {
        this.color = color;
        invalidate();
    }

    public void setTextColor(ColorStateList colors) {
        setTextColor(colors.getDefaultColor());
    }

    public final int getCurrentTextColor() {
        return color == null ? 0xde000000 : color;
    }

    public final void setLinkTextColor(int color) {
        linkColor = color;
        invalidate();
    }

    public final void setHintTextColor(int color) {}

    public void setHighlightColor(int color) {}

    public TextPaint getPaint() {
        return paint;
    }

    public void setTypeface(Typeface tf) {
        bold = tf != null && tf.isBold();
        invalidate();
    }

    public void setTypeface(Typeface tf, int style) {
        bold = (style & Typeface.BOLD) != 0;
        invalidate();
    }

    public void setGravity(int gravity) {
        this.gravity = gravity;
        invalidate();
    }

    public int getGravity() {
        return gravity;
    }

    public void setMaxLines(int maxLines) {
        this.maxLines = maxLines;
        invalidate();
    }

    public void setLines(int lines) {
        setMaxLines(lines);
    }

    public void setSingleLine() {
        setSingleLine(true);
    }

    public void setSingleLine(boolean singleLine) {
        setMaxLines(singleLine ? 1 : 0);
    }

    public void setEllipsize(TextUtils.TruncateAt where) {}

    public void setLineSpacing(float add, float mult) {}

    public void setAllCaps(boolean allCaps) {
        this.allCaps = allCaps;
        invalidate();
    }

    public void setTextAlignment(int alignment) {
        if (alignment == View.TEXT_ALIGNMENT_CENTER) setGravity(Gravity.CENTER_HORIZONTAL | gravity & Gravity.FILL_VERTICAL);
    }

    public void setTextIsSelectable(boolean selectable) {}

    public void setIncludeFontPadding(boolean includepad) {}

    public void setShadowLayer(float radius, float dx, float dy, int color) {}

    public void setLetterSpacing(float letterSpacing) {}

    public void setCursorVisible(boolean visible) {}

    public void setImeOptions(int imeOptions) {}

    public void setHorizontallyScrolling(boolean whether) {}

    public void setMarqueeRepeatLimit(int marqueeLimit) {}

    public void setCompoundDrawablePadding(int pad) {}

    public void setCompoundDrawables(Drawable left, Drawable top, Drawable right, Drawable bottom) {}

    public void setCompoundDrawablesWithIntrinsicBounds(Drawable left, Drawable top, Drawable right, Drawable bottom) {}

    public void setTextAppearance(int resId) {}

    public void setJustificationMode(int justificationMode) {}

    public final void setLinksClickable(boolean whether) {
        linksClickable = whether;
        invalidate();
    }

    public void setMinLines(int minLines) {}

    public void setMinWidth(int minPixels) {
        setMinimumWidth(minPixels);
    }

    public void setMinHeight(int minPixels) {
        setMinimumHeight(minPixels);
    }

    public void setMaxWidth(int maxPixels) {}

    public void setMaxHeight(int maxPixels) {}

    public void setWidth(int pixels) {
        setMinimumWidth(pixels);
    }

    public void setHeight(int pixels) {
        setMinimumHeight(pixels);
    }

    public int getMaxLines() {
        return maxLines == 0 ? Integer.MAX_VALUE : maxLines;
    }

    public Typeface getTypeface() {
        return bold ? Typeface.DEFAULT_BOLD : Typeface.DEFAULT;
    }

    public void setPaintFlags(int flags) {
        paint.setFlags(flags);
        invalidate();
    }

    public int getPaintFlags() {
        return paint.getFlags();
    }

    public final ColorStateList getTextColors() {
        return ColorStateList.valueOf(getCurrentTextColor());
    }

    // ---- the node ---------------------------------------------------------------------------------------------

    @Override
    protected void describe(Map<String, Object> node, Map<String, Object> style) {
        String shown = allCaps ? text.toString().toUpperCase() : text.toString();
        node.put("text", shown);
        node.put("hint", hint == null ? "" : hint.toString());
        style.put("size", Math.round(size));
        if (color != null) style.put("color", Color.toHex(color));
        style.put("bold", bold || paint.isFakeBoldText());
        style.put("max_lines", maxLines);
        spans.clear();
        if (text instanceof Spanned) node.put("spans", spans((Spanned) text));
    }

    private List<Object> spans(Spanned marked) {
        List<Object> found = new ArrayList<>();
        for (CharacterStyle span : marked.getSpans(0, marked.length(), CharacterStyle.class)) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("start", marked.getSpanStart(span));
            map.put("end", marked.getSpanEnd(span));
            map.put("id", spans.size());
            map.put("clickable", span instanceof ClickableSpan && takesLinks());
            map.put("color", colorOf(span));
            spans.add(span);
            found.add(map);
        }
        return found;
    }

    private String colorOf(CharacterStyle span) {
        TextPaint drawn = new TextPaint();
        if (linkColor != null) drawn.linkColor = linkColor;
        drawn.setColor(0);
        span.updateDrawState(drawn);
        return drawn.getColor() == 0 ? null : Color.toHex(drawn.getColor());
    }

    private boolean takesLinks() {
        return linksClickable && movement instanceof LinkMovementMethod;
    }

    @Override
    public void clickSpan(int span) {
        if (span < 0 || span >= spans.size() || !isEnabled()) return;
        CharacterStyle clicked = spans.get(span);
        if (clicked instanceof ClickableSpan && takesLinks()) ((ClickableSpan) clicked).onClick(this);
    }

    @Override
    protected void addFlags(List<String> flags) {
        super.addFlags(flags);
        if (password) flags.add("password");
    }

    @Override
    protected void addLayout(Map<String, Object> layout) {
        layout.put("gravity", gravity);
    }

    @Override
    public CharSequence getAccessibilityClassName() {
        return "android.widget.TextView";
    }
}
