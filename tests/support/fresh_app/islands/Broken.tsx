import { IS_BROWSER } from "fresh/runtime";

export default function Broken() {
  if (IS_BROWSER) throw new Error("broken on purpose");
  return <p id="broken">from the server</p>;
}
