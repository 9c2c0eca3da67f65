import { deepEqual, equal } from "node:assert/strict";
import { PictureCache } from "./picture_cache.ts";

/** Pictures of three bytes, and which of them the store was asked for. */
function room(lengthMax?: number) {
  const asked: string[] = [];
  const cache = new PictureCache(async (id) => {
    asked.push(id);
    await Promise.resolve();
    if (id === "lost") return undefined;
    return { id, type: "image/png", bytes: new Uint8Array([1, 2, 3]) };
  }, lengthMax);
  return { asked, cache };
}

const URL_LENGTH = "data:image/png;base64,AQID".length;

Deno.test("a picture is read once, however many pages request it", async () => {
  const { asked, cache } = room();

  const sent = await Promise.all([
    cache.message("ada", "a"),
    cache.message("ada", "a"),
    cache.message("ben", ""),
    cache.message("cem", "lost"),
  ]);
  sent.push(await cache.message("ada", "a"));

  deepEqual(sent, [
    { mt: "Picture", id: "ada", url: "data:image/png;base64,AQID" },
    { mt: "Picture", id: "ada", url: "data:image/png;base64,AQID" },
    { mt: "Picture", id: "ben", url: "" },
    { mt: "Picture", id: "cem", url: "" },
    { mt: "Picture", id: "ada", url: "data:image/png;base64,AQID" },
  ]);
  deepEqual(asked, ["a", "lost"]);
});

Deno.test("a full cache drops the least recently requested picture", async () => {
  const { asked, cache } = room(2 * URL_LENGTH);

  for (const id of ["a", "b", "a", "c", "a", "b", "a"]) {
    await cache.message("ada", id);
  }

  // b went for c, and c for b.
  deepEqual(asked, ["a", "b", "c", "b"]);
});

Deno.test("a picture that couldn't be read is read again on the next request", async () => {
  let asked = 0;
  const cache = new PictureCache(() => {
    asked++;
    return Promise.reject(new Error("disk I/O error"));
  });

  for (let n = 0; n < 2; n++) {
    const error = await cache.message("ada", "a").catch((error) => error);
    equal(error.message, "disk I/O error");
  }

  equal(asked, 2);
});

Deno.test("the cache holds up to 32 MiB of encoded pictures", async () => {
  const read: string[] = [];
  const sizes = { full: 12 * 1_048_576, less: 12 * 1_048_576 - 33 };
  const cache = new PictureCache((id) => {
    read.push(id);
    const bytes = new Uint8Array(id.startsWith("f") ? sizes.full : sizes.less);
    return Promise.resolve({ id, type: "image/png", bytes });
  });

  for (const id of ["less", "least", "less", "least"]) {
    await cache.message("ada", id);
  }
  deepEqual(read, ["less", "least"]);
  for (const id of ["full", "fuller", "full"]) await cache.message("ada", id);
  deepEqual(read.slice(2), ["full", "fuller", "full"]);
});
