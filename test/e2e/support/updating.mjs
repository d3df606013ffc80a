// The served page under an address of its own, where at a word another version of it is there: the
// same files, another service worker.

import { createServer, request } from 'node:http';
import { once } from 'node:events';

export async function openUpdating(study) {
  let isUpdated = false;
  const target = new URL(study.address);

  /** The worker's cache is named by the build; that name is all that differs. */
  async function worker(answer) {
    const parts = [];
    for await (const part of answer) parts.push(part);
    const text = Buffer.concat(parts).toString();
    return isUpdated ? text.replace(/osteon-[0-9a-f]{16}/, '$&-updated') : text;
  }

  const server = createServer((asked, reply) => {
    const headers = { ...asked.headers, host: target.host };
    if (asked.url === '/sw.js') {
      delete headers['accept-encoding'];
      delete headers['if-none-match'];
    }
    if (headers.origin) headers.origin = study.address;
    const passed = request({ host: target.hostname, port: target.port, method: asked.method, path: asked.url, headers }, async (answer) => {
      if (asked.url !== '/sw.js') {
        reply.writeHead(answer.statusCode, answer.headers);
        answer.pipe(reply);
        return;
      }
      const text = await worker(answer);
      reply.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' });
      reply.end(text);
    });
    passed.on('error', () => reply.destroy());
    reply.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    update: () => {
      isUpdated = true;
    },
    async end() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
