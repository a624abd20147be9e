namespace NotebookHost.Tests.Export.Site;

public sealed class SiteInBrowserTests(SiteInBrowser browser) : IClassFixture<SiteInBrowser>, IAsyncLifetime
{
    private const string Ground = "getComputedStyle(document.body).backgroundColor";
    private const string Dark = "rgb(13, 17, 23)";
    private const string Light = "rgb(255, 255, 255)";

    private readonly string _site = browser.Site;
    private readonly BrowserPage _page = browser.Page!;

    public async Task InitializeAsync()
    {
        if (_page is null)
            return;
        await _page.ResizeAsync(1440, 900);
        await _page.PreferAsync("light");
    }

    // a choice of theme would stay for the next test
    public async Task DisposeAsync()
    {
        if (_page is null)
            return;
        await _page.AllowScriptsAsync(true);
        await _page.ValueAsync<string?>("localStorage.clear()");
    }

    [FactWithChromium]
    public async Task The_switch_of_languages_stays_at_the_chapter_and_the_section()
    {
        await OpenAsync("one.html#a-convolution");
        await _page.UntilAsync("document.querySelector('.contents [aria-current]')?.hash === '#a-convolution'");
        // the browser may scroll once for what it has of a page, and again for all of it
        await _page.UntilAsync("document.querySelector(':target').getBoundingClientRect().top < innerHeight");

        await _page.ClickAsync(".language");
        await _page.UntilAsync("location.pathname.endsWith('/zh/one.html') && scrollY > 0");

        Assert.Equal("#a-convolution", await _page.ValueAsync<string>("location.hash"));
        Assert.Equal("zh-CN", await _page.ValueAsync<string>("document.documentElement.lang"));
        Assert.StartsWith("卷积", await _page.ValueAsync<string>("document.querySelector(':target').textContent"), StringComparison.Ordinal);
        await _page.ClickAsync(".language");
        await _page.UntilAsync("location.pathname.endsWith('/site/one.html')");
    }

    [FactWithChromium]
    public async Task A_search_finds_sections_of_other_chapters_and_leads_to_them()
    {
        await OpenAsync("three.html");

        await _page.PressAsync("/");
        await _page.TypeAsync("CONVOLUTION slides");
        await _page.UntilAsync("document.querySelector('.results li')");

        Assert.Equal("1 result", await _page.ValueAsync<string>("document.querySelector('.results [role=status]').textContent"));
        Assert.Equal("A convolutionOneIt slides over the image. // Exercise 1: var answer = 42;", await _page.ValueAsync<string>("document.querySelector('.results a').textContent"));
        await _page.PressAsync("Enter");
        await _page.UntilAsync("location.href.endsWith('/site/one.html#a-convolution')");
    }

    [FactWithChromium]
    public async Task A_search_forgives_a_slip_of_the_keys_and_says_what_it_searched_for()
    {
        foreach (var typed in (string[])["convoluton", "covnolution", "konvolution"])
        {
            await OpenAsync("three.html");

            await _page.PressAsync("/");
            await _page.TypeAsync(typed);
            await _page.UntilAsync("document.querySelector('.results li')");

            Assert.Equal("one.html#a-convolution", await _page.ValueAsync<string>("document.querySelector('.results a').getAttribute('href')"));
            Assert.Equal("1 result (for \"convolution\")", await _page.ValueAsync<string>("document.querySelector('.results [role=status]').textContent"));
        }
    }

    [FactWithChromium]
    public async Task The_list_of_all_pages_marks_this_one_with_its_sections_below_and_is_folded_in_a_narrow_window()
    {
        await OpenAsync("two.html");

        Assert.Equal("One,Two,Three", await _page.ValueAsync<string>("[...document.querySelectorAll('.course > details > ol > li > a')].map((link) => link.textContent).join()"));
        Assert.Equal("Two", await _page.ValueAsync<string>("document.querySelector('.course [aria-current=page]').textContent"));
        Assert.True(await _page.ValueAsync<bool>("document.querySelector('.course [aria-current=page]').parentElement.contains(document.querySelector('.contents'))"));
        await _page.ResizeAsync(390, 844);
        await _page.UntilAsync("!document.querySelector('.course details').open && !document.querySelector('.course .contents')");
    }

    [FactWithChromium]
    public async Task What_scrolls_says_so_at_the_edge_where_there_is_more_and_is_a_stop_of_the_keyboard_only_then()
    {
        await OpenAsync("one.html");
        await _page.UntilAsync("document.querySelector('.code .source').closest('.scrollable')");
        Assert.Equal("", await _page.ValueAsync<string>("document.querySelector('.code .source').parentElement.dataset.more"));
        Assert.False(await _page.ValueAsync<bool>("document.querySelector('.code .source').hasAttribute('tabindex')"));

        await _page.ResizeAsync(390, 844);
        await _page.UntilAsync("document.querySelector('.code .source').parentElement.dataset.more === 'right' && document.querySelector('.code .source').tabIndex === 0");
        await _page.ValueAsync<string?>("document.querySelector('.code .source').scrollLeft = 50, null");
        await _page.UntilAsync("document.querySelector('.code .source').parentElement.dataset.more === 'left right'");
        await _page.ValueAsync<string?>("document.querySelector('.code .source').scrollLeft = 1e6, null");
        await _page.UntilAsync("document.querySelector('.code .source').parentElement.dataset.more === 'left'");
    }

    [FactWithChromium]
    public async Task Escape_closes_a_search_and_arrows_go_through_its_results()
    {
        await OpenAsync("zh/index.html");
        await _page.PressAsync("/");
        await _page.TypeAsync("数据");
        await _page.UntilAsync("document.querySelector('.results li')");

        await _page.PressAsync("ArrowDown");
        Assert.Equal("one.html#the-data", await _page.ValueAsync<string>("document.activeElement.getAttribute('href')"));
        await _page.PressAsync("Escape");

        Assert.True(await _page.ValueAsync<bool>("document.querySelector('.results').hidden && document.activeElement === document.body"));
    }

    [FactWithChromium]
    public async Task The_theme_follows_the_system_until_it_is_chosen_and_is_remembered()
    {
        await OpenAsync("one.html");
        Assert.Equal(Light, await _page.ValueAsync<string>(Ground));

        await _page.ClickAsync(".theme");
        Assert.Equal(Dark, await _page.ValueAsync<string>(Ground));
        await OpenAsync("zh/two.html");
        Assert.Equal(Dark, await _page.ValueAsync<string>(Ground));

        await _page.ClickAsync(".theme");
        Assert.Equal(Light, await _page.ValueAsync<string>(Ground));
        await _page.PreferAsync("dark");
        Assert.Equal(Dark, await _page.ValueAsync<string>(Ground));
    }

    [FactWithChromium]
    public async Task A_cell_is_copied_with_a_button()
    {
        await _page.AllowClipboardAsync();
        await OpenAsync("three.html");

        // what the button says of it is gone after two seconds
        await _page.ValueAsync<bool>("""
            new MutationObserver(() => { window.said = (window.said ?? '') + document.querySelector('.copy').textContent; })
              .observe(document.querySelector('.copy'), { childList: true }), true
            """);
        await _page.ClickAsync(".copy");
        await _page.UntilAsync("window.said?.startsWith('Copied')");

        Assert.Equal("Console.WriteLine(3);", await _page.ValueAsync<string>("navigator.clipboard.readText()"));
    }

    [FactWithChromium]
    public async Task No_page_asks_for_anything_elsewhere_has_an_error_or_is_wider_than_a_narrow_window()
    {
        await _page.ResizeAsync(390, 844);
        foreach (var page in Pages())
        {
            await OpenAsync(page);
            Assert.True(await _page.ValueAsync<int>("document.documentElement.scrollWidth") <= 390, $"{page} is wider than its window");
        }

        Assert.Empty(_page.Problems);
        Assert.All(_page.Requests, address => Assert.Matches("^(file|data|about):", address));
        Assert.Contains(_page.Requests, address => address.EndsWith("/assets/plotly.min.js", StringComparison.Ordinal));
    }

    [FactWithChromium]
    public async Task A_line_of_120_characters_fits_into_a_wide_window()
    {
        Assert.Equal(120, SampleSite.LongLine.Length);
        await OpenAsync("one.html");

        Assert.True(await _page.ValueAsync<bool>("(() => { const code = document.querySelector('.code .source'); return code.scrollWidth <= code.clientWidth; })()"));
    }

    [FactWithChromium]
    public async Task Contents_show_where_one_is_and_are_folded_in_a_narrow_window()
    {
        await OpenAsync("one.html#a-convolution");
        await _page.UntilAsync("document.querySelector('.contents [aria-current]')?.hash === '#a-convolution'");

        await _page.ResizeAsync(390, 844);
        await _page.UntilAsync("!document.querySelector('.contents details').open");
    }

    [FactWithChromium]
    public async Task Without_scripts_a_page_reads_on_and_shows_nothing_that_needs_them()
    {
        await _page.AllowScriptsAsync(false);
        await OpenAsync("one.html");

        Assert.Equal("none", await _page.ValueAsync<string>("getComputedStyle(document.querySelector('.search')).display"));
        Assert.Equal("none", await _page.ValueAsync<string>("getComputedStyle(document.querySelector('.theme')).display"));
        Assert.True(await _page.ValueAsync<bool>("document.querySelector('.contents details').open"));
    }

    private IEnumerable<string> Pages()
        => Directory.EnumerateFiles(_site, "*.html", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_site, path)).Order(StringComparer.Ordinal);

    private async Task OpenAsync(string page)
    {
        // from one section of a page to another nothing would be loaded
        await _page.GoAsync("about:blank");
        await _page.GoAsync($"file://{_site}/{page}");
    }
}

/// <summary>The sample site and a browser, for all tests of a class.</summary>
public sealed class SiteInBrowser : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Site { get; private set; } = "";

    /// <summary>The page; null where there is no browser.</summary>
    internal BrowserPage? Page { get; private set; }

    public async Task InitializeAsync()
    {
        if (FactWithChromiumAttribute.Path is null)
            return;
        Site = SampleSite.Write(_folder);
        Page = await BrowserPage.StartAsync(_folder["profile"]);
    }

    public async Task DisposeAsync()
    {
        if (Page is not null)
            await Page.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();
}
