// Loaded into the server process. The channel to the parent closes when the parent dies, however it dies; without this a
// killed `npm start` would leave a server behind that holds the port.
process.once("disconnect", () => process.exit(0));
// The channel alone should not keep the process alive, nor be inherited by what it starts.
process.channel?.unref();
