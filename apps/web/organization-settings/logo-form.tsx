"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useId, useRef, useState } from "react";
import { Avatar } from "@/design/avatar";
import { Button } from "@/design/button";
import { useToast } from "@/design/toast";
import { useMutation } from "@/design/use-mutation";
import { sendLogo } from "@/organization-settings/send-logo";

interface LogoFormProps {
  orgSlug: string;
  name: string;
  /** Address of the logo, or `null`. */
  logoHref: string | null;
}

const types = ["image/png", "image/jpeg", "image/webp"];
const largest = 1_048_576;

/** Chooses, shows and saves a logo, or takes it away. The server looks into the picture again. */
export function LogoForm({ orgSlug, name, logoHref }: LogoFormProps) {
  const t = useTranslations("settings.logo");
  const router = useRouter();
  const toast = useToast();
  const { pending, mutate } = useMutation();
  const errorId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<File>();
  const [error, setError] = useState<string>();
  const preview = usePreview(draft);

  function choose(file: File | undefined): void {
    const problem =
      file === undefined
        ? undefined
        : !types.includes(file.type)
          ? t("wrongType")
          : file.size > largest
            ? t("tooLarge")
            : undefined;
    setError(problem);
    setDraft(problem === undefined ? file : undefined);
  }

  function drop(): void {
    if (input.current !== null) input.current.value = "";
    choose(undefined);
  }

  function send(file: File | null): void {
    mutate({
      call: () => sendLogo(orgSlug, file, t("unreachable")),
      failure: file === null ? t("removeFailed") : t("failed"),
      onSuccess: () => {
        drop();
        toast({ tone: "done", title: file === null ? t("removed") : t("saved") });
        router.refresh();
      },
      onProblem: (problem) => setError(problem.errors?.[0]?.message ?? problem.detail),
    });
  }

  return (
    <div className="flex flex-wrap items-center gap-4">
      <LogoPicture name={name} preview={preview} logoHref={logoHref} />
      <div className="grid min-w-0 gap-2">
        <div className="flex flex-wrap gap-2">
          <input
            ref={input}
            type="file"
            accept={types.join()}
            aria-label={t("choose")}
            tabIndex={-1}
            className="sr-only"
            onChange={(event) => choose(event.target.files?.[0])}
          />
          <Button aria-describedby={error ? errorId : undefined} onClick={() => input.current?.click()}>
            {draft === undefined && logoHref === null ? t("choose") : t("chooseOther")}
          </Button>
          {draft === undefined ? null : (
            <>
              <Button variant="primary" pending={pending} onClick={() => send(draft)}>
                {t("upload")}
              </Button>
              <Button variant="ghost" onClick={drop}>
                {t("cancel")}
              </Button>
            </>
          )}
          {draft !== undefined || logoHref === null ? null : (
            <Button variant="ghost" pending={pending} onClick={() => send(null)}>
              {t("remove")}
            </Button>
          )}
        </div>
        <p id={errorId} role="alert" className="flex min-h-5 items-start gap-1.5 text-sm text-danger">
          {error === undefined ? null : (
            <>
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              {error}
            </>
          )}
        </p>
      </div>
    </div>
  );
}

interface LogoPictureProps {
  name: string;
  preview: string | undefined;
  logoHref: string | null;
}

/** What was chosen, else what is stored, else the initials that stand in for a logo. */
function LogoPicture({ name, preview, logoHref }: LogoPictureProps) {
  const t = useTranslations("settings.logo");
  if (preview !== undefined) return <img src={preview} alt={t("preview")} className={pictureClass} />;
  if (logoHref !== null) return <img src={logoHref} alt={t("title")} className={pictureClass} />;
  return (
    <span className="grid size-16 shrink-0 place-items-center">
      <span className="scale-200">
        <Avatar name={name} shape="square" />
      </span>
    </span>
  );
}

const pictureClass = "size-16 shrink-0 rounded-xl border border-line bg-surface object-contain";

/** An address in this browser for a chosen file, given back when it is not shown any more. */
function usePreview(file: File | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (file === undefined) return setAddress(undefined);
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}
