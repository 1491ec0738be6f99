package android.os;

public final class PersistableBundle extends BaseBundle implements Cloneable {
    public PersistableBundle() {}

    public PersistableBundle(PersistableBundle other) {
        mMap.putAll(other.mMap);
    }

    /** The values of a bundle that came from the system. */
    public PersistableBundle(Bundle values) {
        mMap.putAll(values.mMap);
    }

    public void putPersistableBundle(String key, PersistableBundle value) {
        mMap.put(key, value);
    }

    public PersistableBundle getPersistableBundle(String key) {
        return typed(key, PersistableBundle.class, null);
    }

    public Bundle toBundle() {
        Bundle bundle = new Bundle();
        bundle.mMap.putAll(mMap);
        return bundle;
    }

    @Override
    public Object clone() {
        return new PersistableBundle(this);
    }
}
