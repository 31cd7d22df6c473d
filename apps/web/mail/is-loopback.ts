/** Whether a host name or an address is this machine itself. */
export function isLoopback(host: string): boolean {
  return /^(localhost|(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|\[::1\])$/i.test(host);
}
