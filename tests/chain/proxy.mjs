// Servers of this machine that stand between a reader and a chain, or pretend to be one.
import { createServer } from "node:http";

/** `answer(body, request)` gives { status, type, body } or never ends. */
export async function serve(answer) {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { status = 200, type = "application/json", headers = {}, body: out = "" } = await answer(body, request);
    response.writeHead(status, { "Content-Type": type, ...headers });
    response.end(out);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Passes JSON-RPC on to `url`; `change(request, answer)` may look at or alter each answer. */
export function proxy(url, change) {
  return serve(async (body) => {
    const requests = JSON.parse(body);
    const answers = await (await fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body })).json();
    return { body: JSON.stringify((await change(requests, answers)) ?? answers) };
  });
}
