import { useEffect, useState } from "preact/hooks";

/** Shows which types its props have where it runs. */
export default function Values(props: Record<string, unknown>) {
  const [seen, setSeen] = useState("");
  useEffect(() => setSeen(describe(props)), []);
  return <pre id="values">{seen}</pre>;
}

function describe(props: Record<string, unknown>): string {
  return Object.entries(props).map(([name, value]) =>
    `${name}: ${Object.prototype.toString.call(value)} ${String(value)}`
  ).join("\n");
}
