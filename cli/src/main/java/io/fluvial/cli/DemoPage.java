package io.fluvial.cli;

import io.fluvial.train.EpochReport;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// The demo's page: one HTML file that needs nothing else.
///
/// @param data what was learned from
/// @param truth the density that it was drawn from
/// @param learnt the flow's density
/// @param gaussian the Gaussian's density
/// @param facts what is printed as well
record DemoPage(Picture data, Picture truth, Picture learnt, Picture gaussian, Facts facts) {

    /// The numbers on the page.
    ///
    /// @param missing truth minus flow, nats per row
    /// @param curve one report per epoch
    record Facts(
            int trainRows,
            int testRows,
            Scores flow,
            Scores best,
            Scores missing,
            Scores gaussian,
            List<Point> points,
            List<EpochReport> curve,
            double seconds,
            int parameters,
            List<String> next) {}

    /// A point and what is thought of it.
    ///
    /// @param colour of its ring
    record Point(String name, double x, double y, double flow, double truth, double gaussian, int colour) {}

    private static final String STYLE = """
            :root { color-scheme: light; --ink: #17212b; --soft: #5b6a78; --line: #e3e8ed; --blue: #1d6aa5; }
            * { box-sizing: border-box; }
            body { margin: 0; background: #f6f8fa; color: var(--ink);
                   font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
            main { max-width: 1060px; margin: 0 auto; padding: 48px 24px 64px; }
            h1 { font-size: 30px; line-height: 1.2; margin: 0 0 8px; letter-spacing: -.01em; }
            h2 { font-size: 19px; margin: 44px 0 12px; }
            p { max-width: 70ch; margin: 0 0 12px; }
            .soft { color: var(--soft); }
            .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 14px; margin: 28px 0 8px; }
            .card, figure, .panel { background: #fff; border: 1px solid var(--line); border-radius: 10px; }
            .card { padding: 14px 18px; }
            .card b { display: block; font-size: 25px; font-weight: 600; font-variant-numeric: tabular-nums; }
            .card span { color: var(--soft); font-size: 14px; }
            .card.main { border-color: var(--blue); box-shadow: inset 0 3px 0 var(--blue); }
            .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(380px, 1fr)); gap: 16px; margin-top: 20px; }
            figure { margin: 0; padding: 12px; }
            figure img { display: block; width: 100%; height: auto; border-radius: 4px; }
            figcaption { padding: 10px 4px 0; font-size: 14.5px; color: var(--soft); }
            figcaption b { color: var(--ink); }
            .panel { padding: 18px; overflow-x: auto; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { text-align: right; padding: 7px 12px; border-bottom: 1px solid var(--line); }
            tr:last-child td { border-bottom: 0; }
            th { font-weight: 600; color: var(--soft); font-size: 14px; }
            th:first-child, td:first-child { text-align: left; }
            .ring { display: inline-block; width: 13px; height: 13px; border-radius: 50%; border: 3px solid; margin-right: 8px; vertical-align: -1px; }
            pre { margin: 0; font: 14px/1.7 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
            svg text { font: 12.5px system-ui, sans-serif; fill: var(--soft); }
            @media (max-width: 460px) { .figures { grid-template-columns: 1fr; } }
            """;

    String html() throws IOException {
        StringBuilder page = new StringBuilder();
        page.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>Fluvial demo</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n<main>\n<h1>A density learnt from ")
                .append(String.format(Locale.ROOT, "%,d", facts.trainRows()))
                .append(
                        " rows</h1>\n<p class=\"soft\">The rows were drawn from a distribution whose density is known, so the best"
                                + " log-likelihood that any model can reach is known as well. Fluvial saw only the rows. All log-likelihoods"
                                + " are means over ")
                .append(String.format(Locale.ROOT, "%,d", facts.testRows()))
                .append(" rows that it has not seen, in nats per row, with two standard errors.</p>\n");
        cards(page);
        figures(page);
        points(page);
        curve(page);
        next(page);
        return page.append("</main>\n</html>\n").toString();
    }

    private void cards(StringBuilder page) {
        page.append("<div class=\"cards\">\n");
        card(page, "card main", facts.missing(), "missing to the best possible");
        card(page, "card", facts.flow(), "this flow");
        card(page, "card", facts.best(), "best possible: the true density");
        card(page, "card", facts.gaussian(), "full-covariance Gaussian");
        page.append("</div>\n");
        page.append(String.format(
                Locale.ROOT,
                "<p class=\"soft\">%,d parameters, trained in %s.</p>%n",
                facts.parameters(),
                SpanOfTime.words(facts.seconds())));
    }

    private static void card(StringBuilder page, String style, Scores scores, String name) {
        page.append(String.format(
                Locale.ROOT,
                "<div class=\"%s\"><b>%.3f</b><span>± %.3f nats</span><br><span>%s</span></div>%n",
                style,
                scores.mean(),
                2 * scores.standardError(),
                name));
    }

    private void figures(StringBuilder page) throws IOException {
        page.append("<div class=\"figures\">\n");
        figure(page, data, "The data", "what Fluvial was given, some of the rows");
        figure(page, learnt, "The learnt density", "darker is more likely");
        figure(page, truth, "The true density", "never shown to it, same colours");
        figure(page, gaussian, "A Gaussian's density", "what mean and covariance alone can say");
        page.append("</div>\n");
    }

    private static void figure(StringBuilder page, Picture picture, String name, String caption) throws IOException {
        page.append("<figure><img alt=\"")
                .append(name)
                .append("\" src=\"")
                .append(picture.address())
                .append("\"><figcaption><b>")
                .append(name)
                .append("</b> – ")
                .append(caption)
                .append("</figcaption></figure>\n");
    }

    private void points(StringBuilder page) {
        page.append(
                "<h2>Which row is unlikely?</h2>\n<p>The orange point has unremarkable values in both columns, and a"
                        + " Gaussian calls it the more likely of the two. It lies where no data are, and the flow's log-density says so.</p>\n"
                        + "<div class=\"panel\"><table>\n<tr><th>log-density, nats</th><th>x, y</th><th>flow</th><th>truth</th>"
                        + "<th>Gaussian</th></tr>\n");
        for (Point p : facts.points()) {
            page.append(String.format(
                    Locale.ROOT,
                    "<tr><td><span class=\"ring\" style=\"border-color:#%06x\"></span>%s</td><td>%.2f, %.2f</td>"
                            + "<td>%.2f</td><td>%.2f</td><td>%.2f</td></tr>%n",
                    p.colour(),
                    p.name(),
                    p.x(),
                    p.y(),
                    p.flow(),
                    p.truth(),
                    p.gaussian()));
        }
        page.append("</table></div>\n");
    }

    /// Validation against time, with the best possible as a line.
    private void curve(StringBuilder page) {
        List<EpochReport> reports = facts.curve();
        double top = Math.max(
                facts.best().mean(),
                reports.stream().mapToDouble(EpochReport::best).max().orElse(0));
        double bottom = reports.getFirst().validation();
        double end = Math.max(reports.getLast().seconds(), 1e-9);
        double height = 240;
        double width = 860;
        double scale = (height - 30) / Math.max(top - bottom, 1e-9);
        StringBuilder line = new StringBuilder();
        for (EpochReport r : reports) {
            line.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    70 + r.seconds() / end * width,
                    height - Math.max(0, r.validation() - bottom) * scale));
        }
        double best = height - (facts.best().mean() - bottom) * scale;
        page.append(
                "<h2>How it learned</h2>\n<div class=\"panel\"><svg viewBox=\"0 0 960 290\" width=\"100%\" role=\"img\""
                        + " aria-label=\"validation log-likelihood against time\">\n");
        page.append(String.format(
                Locale.ROOT,
                """
                <line x1="70" y1="%2$.1f" x2="930" y2="%2$.1f" stroke="#d0660a" stroke-width="1.5" stroke-dasharray="6 5"/>
                <text x="930" y="%3$.1f" text-anchor="end" style="fill:#d0660a">best possible</text>
                <line x1="70" y1="240" x2="930" y2="240" stroke="#c5ced6"/>
                <text x="62" y="244" text-anchor="end">%4$.2f</text>
                <text x="62" y="%5$.1f" text-anchor="end">%6$.2f</text>
                <text x="70" y="262">0 s</text>
                <text x="930" y="262" text-anchor="end">%7$s</text>
                <text x="500" y="280" text-anchor="middle">log-likelihood on validation rows (nats per row) against time</text>
                <polyline points="%1$s" fill="none" stroke="#1d6aa5" stroke-width="2.5" stroke-linejoin="round"/>
                </svg></div>
                """,
                line.toString().strip(),
                best,
                best - 7,
                bottom,
                best + 4,
                facts.best().mean(),
                SpanOfTime.words(end)));
    }

    private void next(StringBuilder page) {
        page.append("<h2>Try it yourself</h2>\n<div class=\"panel\"><pre>");
        facts.next().forEach(command -> page.append(command).append('\n'));
        page.append("</pre></div>\n");
    }
}
