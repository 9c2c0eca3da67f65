import { useState } from "preact/hooks";
import { asset } from "fresh/runtime";
import { Badge } from "./deep/Badge.tsx";

export default function Counter({ start }: { start: number }) {
  const [count, setCount] = useState(start);
  return (
    <div class="counter">
      <input
        aria-label="Step"
        class={typeof document === "object" ? "browser" : "server"}
      />
      <button type="button" onClick={() => setCount(count + 1)}>
        {count}
      </button>
      <Badge text={count % 2 === 0 ? "even" : "odd"} />
      {count > start && <a href={asset("/sounds/ring.mp3")}>ring</a>}
    </div>
  );
}
