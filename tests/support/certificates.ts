import { ok } from "node:assert/strict";

/** A folder for certificates that `openssl` makes; deleted at the end. */
export async function certificates() {
  const path = await Deno.makeTempDir();
  return {
    path,
    async make(name: string, { cert, key }: { cert: string; key: string }) {
      const { success } = await new Deno.Command("openssl", {
        args: [
          ..."req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
            .split(" "),
          ...["-keyout", key, "-out", cert],
          ...["-days", "2", "-subj", `/CN=${name}`],
        ],
        stderr: "null",
      }).output();
      ok(success);
    },
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}
