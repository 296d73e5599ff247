package io.atelier.serve;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The page in a real Chromium. Without one the tests are skipped, unless {@code -Dbrowser=required}; pictures go to
 * {@code target/screenshots}, or where {@code -Dscreenshots} says.
 */
class PageTest {
    private static final Path SCREENSHOTS = Path.of(System.getProperty("screenshots", "target/screenshots"));
    private static final String KEY = "a key of some length";

    private static Optional<Playwright> playwright = Optional.empty();
    private static Browser browser;
    private static AtelierServer server;

    private final List<String> complaints = new ArrayList<>();
    private final List<BrowserContext> contexts = new ArrayList<>();

    @BeforeAll
    static void start() {
        Optional<Path> chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(
                chromium.isPresent() || System.getProperty("browser", "").equals("required"),
                "there is no Chromium; install it to run these tests");
        Playwright started = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        playwright = Optional.of(started);
        browser = started.chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.orElseThrow(
                                () -> new AssertionError("there is no Chromium, and -Dbrowser=required")))
                        // The sandbox does not work for root, as which containers run.
                        .setChromiumSandbox(false));
        server = AtelierServer.builder().model(Boot.MODEL).port(0).start();
    }

    @AfterAll
    static void stop() {
        playwright.ifPresent(started -> {
            server.close();
            started.close();
        });
    }

    @AfterEach
    void thePageAsksNobodyElseAndHasNoErrors() {
        contexts.forEach(BrowserContext::close);
        assertThat(complaints).isEmpty();
    }

    @Test
    void anUploadedPictureIsToldAndLookedInto() {
        Page page = open(new Browser.NewContextOptions().setViewportSize(1200, 900));
        page.setInputFiles("#file", Boot.FILE);
        assertThat(page.locator("#result .label")).hasText("Ankle boot");
        assertThat(page.locator("#bars li")).hasCount(10);
        assertThat(page.locator("#bars li").first()).containsText("100.0 %");
        assertThat(page.locator("#input")).hasAttribute("aria-label", "What the model got: 28 x 28");
        assertThat(page.locator("#maps canvas")).hasCount(16 + 32 + 64);
        assertThat(page.locator("#summary tbody tr")).hasCount(9);
        assertThat(page.locator("#facts")).hasText("89,546 parameters");
        assertThat(page.locator("#graph")).hasJSProperty("complete", true);
        assertThat(page.locator("#figures")).containsText("requests, 0 errors");
        assertThat(page.locator("#totals"))
                .hasText("Total: 268,640 (1.02 MB) · trainable: 89,546 (349.79 KB) · not trainable: 0 (0.00 B)"
                        + " · of the optimizer: 179,094 (699.59 KB)");
        // A second point makes the first line.
        assertThat(page.locator("#rate path"))
                .hasAttribute(
                        "d", Pattern.compile("M.*L.*"), new LocatorAssertions.HasAttributeOptions().setTimeout(10_000));
        assertThat(page.locator("#latency-now"))
                .hasText(Pattern.compile("\\(now \\d+\\.\\d / \\d+\\.\\d, top \\d+\\.\\d\\)"));
        screenshot(page, "page", true);
    }

    @Test
    void aPictureOfTheGalleryIsTold() {
        Page page = open(new Browser.NewContextOptions());
        page.locator("#gallery button[title='bag-0018.png']").click();
        assertThat(page.locator("#result .label")).hasText("Bag");
        page.locator("#gallery button[title='trouser-0002.png']").press("Enter");
        assertThat(page.locator("#result .label")).hasText("Trouser");
    }

    @Test
    void whatIsDrawnIsToldByMouseAndByKeyboard() {
        Page page = open(new Browser.NewContextOptions());
        var box = page.locator("#canvas").boundingBox();
        // A waist, and two legs of two strokes each.
        for (int y = 20; y <= 60; y += 20) {
            stroke(page, box.x + 105, box.y + y, box.x + 175, box.y + y);
        }
        for (int side = -1; side <= 1; side += 2) {
            stroke(page, box.x + 140 + 25 * side, box.y + 60, box.x + 140 + 35 * side, box.y + 265);
            stroke(page, box.x + 140 + 38 * side, box.y + 60, box.x + 140 + 48 * side, box.y + 265);
        }
        assertThat(page.locator("#result .label")).hasText("Trouser");
        screenshot(page, "draw", false);
        page.locator("#clear").click();
        page.locator("#canvas").focus();
        page.keyboard().press(" ");
        for (int i = 0; i < 8; i++) {
            page.keyboard().press("ArrowDown");
        }
        String before =
                page.locator("#input").evaluate("canvas => canvas.toDataURL()").toString();
        page.keyboard().press(" ");
        page.waitForCondition(() -> !before.equals(page.locator("#input").evaluate("canvas => canvas.toDataURL()")));
    }

    @Test
    void whatIsNoPictureIsSaidSo() {
        Page page = open(new Browser.NewContextOptions());
        page.setInputFiles(
                "#file", new FilePayload("notes.png", "image/png", "no image".getBytes(StandardCharsets.UTF_8)));
        assertThat(page.locator("#error")).containsText("image: is no image in a known format");
        screenshot(page, "error", false);
        complaints.removeIf(line -> line.contains("400 (Bad Request)"));
        page.setInputFiles("#file", Boot.FILE);
        assertThat(page.locator("#error")).isHidden();
        assertThat(page.locator("#result .label")).hasText("Ankle boot");
    }

    @Test
    void itSpeaksKoreanAndKnowsTheDarkOnAPhone() {
        Page page = open(new Browser.NewContextOptions()
                .setViewportSize(390, 844)
                .setDeviceScaleFactor(2)
                .setLocale("ko-KR")
                .setHasTouch(true)
                .setColorScheme(ColorScheme.DARK));
        page.locator("#gallery button").first().tap();
        assertThat(page.locator("#result .label")).hasText("앵클부츠");
        assertThat(page.locator("#give")).hasText("그림을 주세요");
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(22, 24, 28)");
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        screenshot(page, "phone-dark-korean", false);
        page.locator("#language").tap();
        assertThat(page.locator("#result .label")).hasText("Ankle boot");
        page.locator("#theme").tap();
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(251, 250, 247)");
    }

    @Test
    void itAsksForTheKeyWhereOneIsNeeded() {
        try (AtelierServer closed = AtelierServer.builder()
                .model(Boot.MODEL)
                .port(0)
                .apiKey(ApiKey.of(KEY, ApiKey.Scope.EVERYTHING))
                .start()) {
            Page page = open(new Browser.NewContextOptions(), closed);
            page.locator("#key").fill(KEY);
            page.keyboard().press("Enter");
            page.locator("#gallery button").first().click();
            assertThat(page.locator("#result .label")).hasText("Ankle boot");
            page.context().close();
            complaints.removeIf(line -> line.contains("401 (Unauthorized)"));
        }
    }

    @Test
    void theInterfacesAreDescribedWithoutTheInternet() {
        Page page = open(new Browser.NewContextOptions());
        page.locator("a[data-text=docs]").click();
        assertThat(page.locator("h2", new Page.LocatorOptions().setHasText("POST /classify")))
                .isVisible();
        assertThat(page.locator("section")).hasCount(openApiOperations());
        screenshot(page, "docs", false);
    }

    private static int openApiOperations() {
        int[] count = {0};
        new Client(server).get("/openapi.json").json().get("paths").forEach(path -> count[0] += path.size());
        return count[0];
    }

    private Page open(Browser.NewContextOptions options) {
        return open(options, server);
    }

    private Page open(Browser.NewContextOptions options, AtelierServer of) {
        String url = of.url();
        BrowserContext context = browser.newContext(options);
        contexts.add(context);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!request.url().startsWith(url) && !request.url().matches("(blob|data):.*")) {
                complaints.add("asked " + request.url());
            }
        });
        page.navigate(url);
        return page;
    }

    private static void stroke(Page page, double fromX, double fromY, double toX, double toY) {
        page.mouse().move(fromX, fromY);
        page.mouse().down();
        page.mouse().move(toX, toY);
        page.mouse().up();
    }

    private static void screenshot(Page page, String name, boolean whole) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(whole));
    }
}
