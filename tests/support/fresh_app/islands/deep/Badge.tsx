export function Badge({ text }: { text: string }) {
  return <em>{text}</em>;
}
