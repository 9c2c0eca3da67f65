/** A website that is not ours: one page, served from an origin of its own. */
export interface Website extends AsyncDisposable {
  origin: string;
  /** Paths that were asked for, in order. */
  requests: string[];
}

/**
 * Serves `page()` at every path of a free port of 127.0.0.1, anew each time.
 * `headers` may bring a Content-Security-Policy.
 */
export function serveWebsite(
  page: () => string,
  headers: Record<string, string> = {},
): Website {
  const requests: string[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => {
      const { pathname } = new URL(request.url);
      requests.push(pathname);
      if (pathname === "/favicon.ico") {
        return new Response(null, { status: 204 });
      }
      return new Response(page(), {
        headers: { "content-type": "text/html; charset=utf-8", ...headers },
      });
    },
  );
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
