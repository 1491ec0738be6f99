package android.util;

/** Attributes of a view in a layout file. The twin has no layout files. */
public interface AttributeSet {
    int getAttributeCount();

    String getAttributeName(int index);

    String getAttributeValue(int index);
}
