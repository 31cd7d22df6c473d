import { Body } from "@react-email/body";
import { Button } from "@react-email/button";
import { Container } from "@react-email/container";
import { Head } from "@react-email/head";
import { Heading } from "@react-email/heading";
import { Hr } from "@react-email/hr";
import { Html } from "@react-email/html";
import { Preview } from "@react-email/preview";
import { Text } from "@react-email/text";
import type { MailContent } from "./mail-content.ts";

interface MailLayoutProps {
  readonly content: MailContent;
  readonly locale: string;
  readonly orOpen: string;
}

/** The colours of the product's pages, light; the style sheet has the dark ones, for clients that ask. */
const light = { canvas: "#faf9f7", surface: "#ffffff", line: "#e5e1db", ink: "#1d1b18", muted: "#5f5a53" };
const accent = { solid: "#0c6355", text: "#ffffff" };
const sans = "-apple-system, 'Segoe UI', Roboto, Inter, 'Noto Sans', 'Liberation Sans', Arial, sans-serif";

const darkStyles = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    .canvas { background-color: #131412 !important; }
    .card { background-color: #1a1c19 !important; border-color: #2d302b !important; }
    .ink { color: #edece8 !important; }
    .muted { color: #a8a79e !important; }
    .line { border-color: #2d302b !important; }
    .button { background-color: #4fb59d !important; color: #06201a !important; }
  }`;

const paragraph = { fontSize: "15px", lineHeight: "24px", margin: "0 0 16px", color: light.ink };
const small = { fontSize: "13px", lineHeight: "20px", margin: "0", color: light.muted };

/** One look for every mail: a card with a heading, a few sentences and at most one button. */
export function MailLayout({ content, locale, orOpen }: MailLayoutProps) {
  const { preview, heading, paragraphs, action, note } = content;
  return (
    <Html lang={locale} dir="ltr">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{content.subject}</title>
        <style>{darkStyles}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body
        className="canvas"
        style={{ backgroundColor: light.canvas, fontFamily: sans, margin: 0, padding: "32px 16px" }}
      >
        <Container
          className="card"
          style={{
            maxWidth: "32rem",
            padding: "32px",
            backgroundColor: light.surface,
            border: `1px solid ${light.line}`,
            borderRadius: "12px",
          }}
        >
          <Text className="muted" style={{ ...small, fontWeight: 600, marginBottom: "24px" }}>
            Rowhouse
          </Text>
          <Heading
            as="h1"
            className="ink"
            style={{ fontSize: "22px", lineHeight: "30px", margin: "0 0 16px", color: light.ink, fontWeight: 600 }}
          >
            {heading}
          </Heading>
          {paragraphs.map((text) => (
            <Text key={text} className="ink" style={paragraph}>
              {text}
            </Text>
          ))}
          {action === undefined ? null : (
            <>
              <Button
                href={action.url}
                className="button"
                style={{
                  backgroundColor: accent.solid,
                  color: accent.text,
                  borderRadius: "8px",
                  fontSize: "15px",
                  fontWeight: 600,
                  margin: "8px 0 24px",
                  padding: "12px 20px",
                }}
              >
                {action.label}
              </Button>
              <Text className="muted" style={{ ...small, wordBreak: "break-all" }}>
                {orOpen} {action.url}
              </Text>
            </>
          )}
          <Hr className="line" style={{ borderColor: light.line, margin: "24px 0" }} />
          <Text className="muted" style={small}>
            {note}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}
