// Ports that nobody listens on.

import { once } from 'node:events';
import { createServer } from 'node:net';

/** As many different free ports as asked for. */
export async function freePorts(count) {
  // All are held until the last one is known, or the system would hand out the same one twice.
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}
