import { useSignal } from "@preact/signals";
import Counter from "../islands/Counter.tsx";
import { Badge } from "../islands/deep/Badge.tsx";
import Empty from "../islands/Empty.tsx";
import { Plus, Total } from "../islands/Shared.tsx";
import Values from "../islands/Values.tsx";

const TEXT = "</script><script>window.hacked = true</script><!--";

export default function Islands() {
  const count = useSignal(1);
  return (
    <main>
      <p>before</p>
      <Counter start={3} />
      <p>between</p>
      <Counter start={10} />
      <Empty />
      <Badge text={TEXT} />
      <p>
        <Plus count={count} /> text <Total count={count} />
      </p>
      <Values
        text={TEXT}
        nothing={undefined}
        date={new Date(0)}
        url={new URL("https://example.com/a")}
        map={new Map([["a", 1]])}
        set={new Set([1])}
        bytes={new Uint8Array([1, 2])}
        list={[1, null, { a: "b" }]}
      />
    </main>
  );
}
