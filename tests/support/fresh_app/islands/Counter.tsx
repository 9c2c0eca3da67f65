import { useId, useState } from "preact/hooks";
import { asset, IS_BROWSER } from "fresh/runtime";
import { Badge } from "./deep/Badge.tsx";

export default function Counter({ start }: { start: number }) {
  const [count, setCount] = useState(start);
  const id = useId();
  return (
    <div class="counter">
      <label for={id}>Step</label>
      <input id={id} class={IS_BROWSER ? "browser" : "server"} />
      <button type="button" onClick={() => setCount(count + 1)}>
        {count}
      </button>
      <Badge text={count % 2 === 0 ? "even" : "odd"} />
      {count > start && <a href={asset("/sounds/ring.mp3")}>ring</a>}
      {count > start && <Late />}
    </div>
  );
}

function Late() {
  return <output id={useId()}>late</output>;
}
