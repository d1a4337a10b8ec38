package io.camelback.budget;

/** A cap, and the window of it that an attempt counts to. */
record CapWindow(Cap cap, Window window) {
    Reservation.Slot slot() {
        return new Reservation.Slot(cap.id(), window.starts().toEpochMilli());
    }
}
