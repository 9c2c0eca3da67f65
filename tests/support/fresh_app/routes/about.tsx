import Toggle from "../islands/Toggle.tsx";

export default function About() {
  return (
    <main>
      <h1>About</h1>
      <Toggle label="More" />
    </main>
  );
}
