import { type Bench, compare, inTurn } from "./bench.ts";

const REQUESTS = 10_000;
const CONNECTIONS = 32;

export const widgetFile: Bench = {
  name: "widget_file",
  title: "(h) GET /widget.js, requests per second, connections kept",
  async run(lab) {
    const figures = await inTurn(lab, async ({ process }, load) => {
      const url = `${process.url}/widget.js`;
      const { headers } = await fetch(url, { method: "HEAD" });
      const etag = headers.get("etag") ?? "";
      const rates: number[] = [];
      for (
        const headers of [
          { "accept-encoding": "br" },
          { "accept-encoding": "gzip" },
          { "accept-encoding": "br", "if-none-match": etag },
        ] as Record<string, string>[]
      ) {
        const { tookMs } = await load.get({
          url,
          headers,
          count: REQUESTS,
          atOnce: CONNECTIONS,
        });
        rates.push(REQUESTS / tookMs * 1_000);
      }
      return rates;
    });
    return compare(["brotli", "gzip", "not modified"], figures);
  },
};
