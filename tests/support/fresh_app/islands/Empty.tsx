import { useEffect, useState } from "preact/hooks";

/** Shows itself in browsers only. */
export default function Empty() {
  const [shown, setShown] = useState(false);
  useEffect(() => setShown(true), []);
  return shown ? <i id="shown">here</i> : null;
}
