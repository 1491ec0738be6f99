package android.text.method;

public class PasswordTransformationMethod implements TransformationMethod {
    private static final PasswordTransformationMethod instance = new PasswordTransformationMethod();

    public PasswordTransformationMethod() {}

    public static PasswordTransformationMethod getInstance() {
        return instance;
    }
}
