// Loaded into every process that `npm start` starts. The channel to the parent closes when the parent dies, however it
// dies; without this a killed `npm start` would leave a server behind that holds the port, or a build that goes on.
//
// The parent's number is in the address: what such a process starts in turn may inherit its arguments, and needs its own
// channel as it is.
if (new URL(import.meta.url).searchParams.get("parent") === String(process.ppid)) {
  process.once("disconnect", () => process.exit(1));
  // The channel alone should not keep the process alive.
  process.channel?.unref();
}
