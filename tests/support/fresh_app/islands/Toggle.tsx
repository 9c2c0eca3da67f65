import { useState } from "preact/hooks";

export default function Toggle({ label }: { label: string }) {
  const [open, setOpen] = useState(false);
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={() => setOpen(!open)}
    >
      {label}
    </button>
  );
}
