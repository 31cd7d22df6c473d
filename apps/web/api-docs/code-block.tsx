/** A command or an example. Long lines break, so that nothing scrolls sideways that a keyboard cannot reach. */
export function CodeBlock({ children }: { children: string }) {
  return (
    <pre
      dir="ltr"
      className="rounded-lg border border-line bg-subtle p-3 font-mono text-sm [overflow-wrap:anywhere] whitespace-pre-wrap"
    >
      <code>{children}</code>
    </pre>
  );
}
