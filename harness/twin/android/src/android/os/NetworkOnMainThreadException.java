package android.os;

public class NetworkOnMainThreadException extends RuntimeException {}
