export default function Broken() {
  if (typeof document === "object") throw new Error("broken on purpose");
  return <p id="broken">from the server</p>;
}
