"""The summary as a browser shows it: headless Chromium, where it is installed."""

import re
import shutil
import subprocess

import pytest

import summary_inputs as inputs
from livingreview.summary.compose import compose_markdown
from livingreview.summary.figures import draw_medians
from livingreview.summary.render import render_html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")

# Written into the page after it is laid out: its widths, its fonts, and what it asked for.
PROBE = """<script>
document.fonts.ready.then(() => {
  const probe = document.createElement("output");
  probe.id = "probe";
  probe.textContent = [
    document.documentElement.scrollWidth <= window.innerWidth,
    [...document.fonts].some(font => font.status === "loaded"),
    performance.getEntriesByType("resource").filter(one => !one.name.startsWith("data:")).length,
  ].join(" ");
  document.body.append(probe);
});
</script></body>"""


@pytest.fixture(scope="module")
def page():
    resources = inputs.resources()
    model = inputs.compose()
    figure = draw_medians(inputs.RESULTS, inputs.VOCABULARY)
    return render_html(compose_markdown(model, resources), model, figure, resources)


@pytest.mark.parametrize("width", [1200, 500])
def test_the_page_fits_its_font_loads_and_it_asks_for_nothing(page, tmp_path, width):
    # Chromium's headless window is never narrower than 500.
    path = tmp_path / "page.html"
    path.write_text(page.replace("</body>", PROBE), encoding="utf-8")
    done = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--hide-scrollbars", f"--user-data-dir={tmp_path / 'profile'}",
            f"--window-size={width},900", "--virtual-time-budget=5000", "--dump-dom",
            path.as_uri(),
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    found = re.search(r'<output id="probe">([^<]*)</output>', done.stdout)
    assert found is not None, done.stderr[-2000:]
    assert found[1] == "true true 0"
