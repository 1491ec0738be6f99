package android.content.pm;

public final class SigningInfo {
    private final Signature[] signers;

    SigningInfo(Signature[] signers) {
        this.signers = signers;
    }

    public SigningInfo(SigningInfo orig) {
        this(orig.signers);
    }

    public boolean hasMultipleSigners() {
        return signers.length > 1;
    }

    public boolean hasPastSigningCertificates() {
        return false;
    }

    public Signature[] getApkContentsSigners() {
        return signers.clone();
    }

    public Signature[] getSigningCertificateHistory() {
        return signers.clone();
    }
}
