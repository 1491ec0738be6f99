package android.location;

import android.os.Bundle;
import android.os.Parcel;
import android.os.Parcelable;

public class Location implements Parcelable {
    public static final int FORMAT_DEGREES = 0;
    private static final double EARTH_RADIUS_METRES = 6_371_008.8;

    public static final Parcelable.Creator<Location> CREATOR = new Parcelable.Creator<Location>() {
        @Override
        public Location createFromParcel(Parcel in) {
            Location location = new Location(in.readString());
            location.latitude = in.readDouble();
            location.longitude = in.readDouble();
            location.time = in.readLong();
            location.elapsedRealtimeNanos = in.readLong();
            location.accuracy = in.readBoolean() ? in.readFloat() : null;
            return location;
        }

        @Override
        public Location[] newArray(int size) {
            return new Location[size];
        }
    };

    private String provider;
    private double latitude;
    private double longitude;
    private long time;
    private long elapsedRealtimeNanos;
    private Double altitude;
    private Float accuracy;
    private Float speed;
    private Float bearing;
    private Float verticalAccuracy;
    private Float speedAccuracy;
    private Float bearingAccuracy;
    private Bundle extras;

    public Location(String provider) {
        this.provider = provider;
    }

    public Location(Location l) {
        set(l);
    }

    public void set(Location l) {
        provider = l.provider;
        latitude = l.latitude;
        longitude = l.longitude;
        time = l.time;
        elapsedRealtimeNanos = l.elapsedRealtimeNanos;
        altitude = l.altitude;
        accuracy = l.accuracy;
        speed = l.speed;
        bearing = l.bearing;
        verticalAccuracy = l.verticalAccuracy;
        speedAccuracy = l.speedAccuracy;
        bearingAccuracy = l.bearingAccuracy;
        extras = l.extras;
    }

    public void reset() {
        set(new Location((String) null));
    }

    public String getProvider() {
        return provider;
    }

    public void setProvider(String provider) {
        this.provider = provider;
    }

    public double getLatitude() {
        return latitude;
    }

    public void setLatitude(double latitude) {
        this.latitude = latitude;
    }

    public double getLongitude() {
        return longitude;
    }

    public void setLongitude(double longitude) {
        this.longitude = longitude;
    }

    public long getTime() {
        return time;
    }

    public void setTime(long time) {
        this.time = time;
    }

    public long getElapsedRealtimeNanos() {
        return elapsedRealtimeNanos;
    }

    public void setElapsedRealtimeNanos(long time) {
        elapsedRealtimeNanos = time;
    }

    public boolean hasAltitude() {
        return altitude != null;
    }

    public double getAltitude() {
        return altitude == null ? 0 : altitude;
    }

    public void setAltitude(double altitude) {
        this.altitude = altitude;
    }

    public boolean hasAccuracy() {
        return accuracy != null;
    }

    public float getAccuracy() {
        return accuracy == null ? 0 : accuracy;
    }

    public void setAccuracy(float accuracy) {
        this.accuracy = accuracy;
    }

    public boolean hasSpeed() {
        return speed != null;
    }

    public float getSpeed() {
        return speed == null ? 0 : speed;
    }

    public void setSpeed(float speed) {
        this.speed = speed;
    }

    public boolean hasBearing() {
        return bearing != null;
    }

    public float getBearing() {
        return bearing == null ? 0 : bearing;
    }

    public void setBearing(float bearing) {
        this.bearing = bearing;
    }

    public boolean hasVerticalAccuracy() {
        return verticalAccuracy != null;
    }

    public float getVerticalAccuracyMeters() {
        return verticalAccuracy == null ? 0 : verticalAccuracy;
    }

    public void setVerticalAccuracyMeters(float metres) {
        verticalAccuracy = metres;
    }

    public boolean hasSpeedAccuracy() {
        return speedAccuracy != null;
    }

    public float getSpeedAccuracyMetersPerSecond() {
        return speedAccuracy == null ? 0 : speedAccuracy;
    }

    public void setSpeedAccuracyMetersPerSecond(float metresPerSecond) {
        speedAccuracy = metresPerSecond;
    }

    public boolean hasBearingAccuracy() {
        return bearingAccuracy != null;
    }

    public float getBearingAccuracyDegrees() {
        return bearingAccuracy == null ? 0 : bearingAccuracy;
    }

    public void setBearingAccuracyDegrees(float degrees) {
        bearingAccuracy = degrees;
    }

    public Bundle getExtras() {
        return extras;
    }

    public void setExtras(Bundle extras) {
        this.extras = extras;
    }

    @Deprecated
    public boolean isFromMockProvider() {
        return false;
    }

    public boolean isMock() {
        return false;
    }

    public float distanceTo(Location dest) {
        float[] results = new float[1];
        distanceBetween(latitude, longitude, dest.latitude, dest.longitude, results);
        return results[0];
    }

    /** Great-circle metres; Android's ellipsoid differs by up to half a percent. */
    public static void distanceBetween(
            double startLatitude, double startLongitude, double endLatitude, double endLongitude, float[] results) {
        double lat1 = Math.toRadians(startLatitude);
        double lat2 = Math.toRadians(endLatitude);
        double half = Math.pow(Math.sin((lat2 - lat1) / 2), 2)
                + Math.cos(lat1) * Math.cos(lat2) * Math.pow(Math.sin(Math.toRadians(endLongitude - startLongitude) / 2), 2);
        results[0] = (float) (2 * EARTH_RADIUS_METRES * Math.asin(Math.sqrt(half)));
    }

    @Override
    public String toString() {
        return "Location[" + provider + " " + latitude + "," + longitude + (accuracy == null ? "" : " hAcc=" + accuracy) + "]";
    }

    @Override
    public int describeContents() {
        return 0;
    }

    @Override
    public void writeToParcel(Parcel parcel, int flags) {
        parcel.writeString(provider);
        parcel.writeDouble(latitude);
        parcel.writeDouble(longitude);
        parcel.writeLong(time);
        parcel.writeLong(elapsedRealtimeNanos);
        parcel.writeBoolean(accuracy != null);
        if (accuracy != null) parcel.writeFloat(accuracy);
    }
}
