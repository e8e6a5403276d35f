//! The program docspace-backup: arguments, settings, wiring, rendering, exit codes.
mod arguments;
mod settings;
