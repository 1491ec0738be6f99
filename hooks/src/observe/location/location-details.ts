/** Location.getAccuracy(), getSpeed(), getTime() and its other getters, LocationManager.getBestProvider() and its kin, Geocoder */
import { across, CONTEXT, defineHook } from "../../lib/hook.js";

export default defineHook({
  id: "location-details", kind: "context", dataType: "other",
  targets: [
    ...across(["android.location.Location"], ["getAccuracy", "getAltitude", "getBearing", "getBearingAccuracyDegrees", "getElapsedRealtimeNanos", "getExtras", "getProvider", "getSpeed", "getSpeedAccuracyMetersPerSecond", "getTime", "getVerticalAccuracyMeters"], CONTEXT),
    ...across(["android.location.LocationManager"], ["getBestProvider", "getProvider", "getGnssHardwareModelName", "getGnssYearOfHardware"], CONTEXT),
    // They turn a place into an address and back: the place they are given was read elsewhere.
    ...across(["android.location.Geocoder"], ["getFromLocation", "getFromLocationName"], CONTEXT),
    ...across(["com.google.android.gms.location.LocationServices"], ["getFusedLocationProviderClient"], CONTEXT),
  ],
});
