import Broken from "../islands/Broken.tsx";
import Counter from "../islands/Counter.tsx";

export default function BrokenPage() {
  return (
    <main>
      <Broken />
      <Counter start={1} />
    </main>
  );
}
