from urllib.parse import quote


def test_a_chromium_of_this_machine_draws_chinese_text(page):
    page.goto("data:text/html;charset=utf-8," + quote("<title>应急</title><p id=a>值班</p>"))
    assert page.title() == "应急"
    # Without a font for it every character is the same box; with one, 一 is drawn unlike 龘.
    assert page.evaluate(
        """() => {
            const draw = text => {
                const canvas = document.createElement("canvas");
                const pen = canvas.getContext("2d");
                pen.font = "40px serif";
                pen.fillText(text, 0, 50);
                return canvas.toDataURL();
            };
            return draw("一") !== draw("龘");
        }"""
    )
