import { useFormatter, useTranslations } from "next-intl";

interface CompletedChartProps {
  days: { day: string; count: number }[];
}

const height = 132;

/** Tasks completed a day: bars to look at, a table to listen to. */
export function CompletedChart({ days }: CompletedChartProps) {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  const dayInWords = (day: string) => format.dateTime(new Date(day), { day: "numeric", month: "short" });
  const total = days.reduce((sum, day) => sum + day.count, 0);
  const most = Math.max(1, ...days.map((day) => day.count));
  const first = days[0];
  const last = days.at(-1);
  return (
    <div className="flex grow flex-col p-4 md:p-5">
      <p className="mb-4 text-muted">
        {t.rich("completedTotal", {
          total,
          days: days.length,
          strong: (text) => <strong className="text-xl font-semibold text-ink tabular-nums">{text}</strong>,
        })}
      </p>
      <svg aria-hidden width="100%" height={height} className="mt-auto block shrink-0 overflow-visible">
        <line x1="0" x2="100%" y1={height - 0.5} y2={height - 0.5} className="stroke-line" />
        {days.map(({ day, count }, index) => {
          const share = 100 / days.length;
          const bar = count === 0 ? 0 : Math.max(6, (count / most) * (height - 20));
          return (
            <g key={day}>
              <rect
                x={`${(index + 0.18) * share}%`}
                width={`${share * 0.64}%`}
                y={height - bar}
                height={bar}
                rx="3"
                className="fill-accent-solid"
              />
              {count === 0 ? null : (
                <text
                  x={`${(index + 0.5) * share}%`}
                  y={height - bar - 6}
                  textAnchor="middle"
                  className="fill-muted text-xs tabular-nums"
                >
                  {count}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      {first && last ? (
        <div aria-hidden className="mt-2 flex justify-between text-xs text-muted">
          <span>{dayInWords(first.day)}</span>
          <span>{dayInWords(last.day)}</span>
        </div>
      ) : null}
      <table className="sr-only">
        <caption>{t("completedEachDay")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("day")}</th>
            <th scope="col">{t("completed")}</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, count }) => (
            <tr key={day}>
              <th scope="row">{dayInWords(day)}</th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
