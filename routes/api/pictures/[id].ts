import { refuse } from "@/lib/web/api_errors.ts";
import { define } from "@/lib/web/state.ts";

const A_YEAR = 365 * 24 * 60 * 60;

export const handlers = define.handlers({
  async GET({ params: { id = "" }, state: { services } }) {
    const picture = await services.pictures.get(id);
    if (picture === undefined) return refuse({ reason: "not-found" });
    return new Response(picture.bytes, {
      headers: {
        "content-type": picture.type,
        // The id is the hash of the bytes: what it names never changes.
        "cache-control": `private, max-age=${A_YEAR}, immutable`,
        // Whatever the bytes are, they are never run.
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
      },
    });
  },
});
