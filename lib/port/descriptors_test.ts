import { equal, ok } from "node:assert/strict";
import { descriptorsMax, readDescriptors } from "./descriptors.ts";

Deno.test({
  name: "readDescriptors() counts open files, and knows their limit",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const shell = new Deno.Command("sh", { args: ["-c", "ulimit -n"] });
    const { stdout } = await shell.output();
    const before = readDescriptors();
    const files = await Promise.all(
      Array.from({ length: 5 }, () => Deno.open("/dev/null")),
    );
    const during = readDescriptors();
    for (const file of files) file.close();

    ok(before && during);
    equal(during.open - before.open, 5);
    equal(during.max, Number(new TextDecoder().decode(stdout)));
    equal(descriptorsMax(), during.max);
  },
});
