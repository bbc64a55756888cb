"""Reads the window as a screen reader does: every interactive widget has a name, and an answer can be read.

Usage: atspi_test.py PROGRAM SAMPLE-FOLDER. Needs xvfb-run, dbus-run-session and pyatspi; starts itself again inside
them. Exit code 77 (skipped) where they are missing.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
PYTHON = "/usr/bin/python3"  # the one that Debian's python3-pyatspi is installed for
INSIDE = "COMMONPLACE_ATSPI_INSIDE"
QUESTION = "Where does the spare key to the dome hang?"
PATIENCE_SECONDS = 60


def outside():
    for tool in ("xvfb-run", "dbus-run-session"):
        if not shutil.which(tool):
            print(f"skipped: {tool} is not installed")
            return SKIPPED
    if subprocess.run([PYTHON, "-c", "import pyatspi"], capture_output=True).returncode != 0:
        print("skipped: python3-pyatspi is not installed")
        return SKIPPED
    command = ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24 -noreset", "dbus-run-session", "--", PYTHON, *sys.argv]
    return subprocess.run(command, env={**os.environ, INSIDE: "1"}).returncode


def nodes(node, depth=0):
    """The node and everything below it; what vanishes while it is read is left out."""
    yield node
    if depth > 40:
        return
    try:
        count = min(node.childCount, 200)
    except Exception:
        return
    for i in range(count):
        try:
            child = node.getChildAtIndex(i)
        except Exception:
            continue
        if child is not None:
            yield from nodes(child, depth + 1)


def wait_for(what, find):
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        found = find()
        if found:
            return found
        time.sleep(0.3)
    raise SystemExit(f"gave up waiting for {what}")


def text_of(node):
    try:
        text = node.queryText()
        return text.getText(0, min(text.characterCount, 20000))
    except Exception:
        return ""


def words_of(node):
    return " ".join(part for part in (node.name or "", node.description or "", text_of(node)) if part)


def inside(program, samples):
    import pyatspi

    interactive = {pyatspi.ROLE_PUSH_BUTTON, pyatspi.ROLE_TOGGLE_BUTTON, pyatspi.ROLE_CHECK_BOX, pyatspi.ROLE_RADIO_BUTTON,
                   pyatspi.ROLE_COMBO_BOX, pyatspi.ROLE_ENTRY, pyatspi.ROLE_TEXT, pyatspi.ROLE_SLIDER,
                   pyatspi.ROLE_SPIN_BUTTON, pyatspi.ROLE_LIST, pyatspi.ROLE_TABLE, pyatspi.ROLE_TREE,
                   pyatspi.ROLE_TREE_TABLE, pyatspi.ROLE_PAGE_TAB, pyatspi.ROLE_LINK}

    with tempfile.TemporaryDirectory(prefix="commonplace-atspi-") as folder:
        home = pathlib.Path(folder)
        library = home / "library"
        environment = {**os.environ, "HOME": folder, "XDG_CONFIG_HOME": f"{folder}/config", "XDG_DATA_HOME": f"{folder}/data",
                       "XDG_RUNTIME_DIR": folder, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb"}
        subprocess.run([program, "--library", library, "index", samples], check=True, capture_output=True, env=environment)
        window = subprocess.Popen([program, "--library", library, "gui"], env=environment)
        try:
            desktop = pyatspi.Registry.getDesktop(0)

            def application():
                for i in range(desktop.childCount):
                    app = desktop.getChildAtIndex(i)
                    if app is not None and "ommonplace" in (app.name or ""):
                        return app
                return None

            app = wait_for("the window on the accessibility bus", application)

            def showing(node):
                try:
                    return node.getState().contains(pyatspi.STATE_SHOWING)
                except Exception:
                    return False

            unnamed = set()

            def check(place):
                for node in nodes(app):
                    if node.getRole() in interactive and showing(node) and not (node.name or "").strip():
                        parent = node.parent.name if node.parent else ""
                        unnamed.add(f"{place}: a {node.getRoleName()} in '{parent}'")

            def pressed(find):
                """Objects may go while they are looked at: true when one was found and pressed."""
                try:
                    button = find()
                    return button is not None and (button.queryAction().doAction(0) or True)
                except Exception:
                    return False

            def press(name):
                wait_for(f"the button {name}", lambda: pressed(lambda: next(
                    (node for node in nodes(app) if showing(node) and node.name == name
                     and node.getRole() in interactive and node.getState().contains(pyatspi.STATE_ENABLED)), None)))
                time.sleep(1)

            for place in ("Search", "Library", "Settings", "New question"):
                press(place)
                check(place)
            field = wait_for("the field for questions", lambda: next(
                (node for node in nodes(app) if showing(node) and "uestion" in (node.name or "")
                 and node.getState().contains(pyatspi.STATE_EDITABLE)), None))
            field.queryEditableText().setTextContents(QUESTION)
            wait_for("the button that asks", lambda: pressed(lambda: next(
                (node for node in nodes(app) if showing(node) and node.name in ("Send", "Ask")
                 and node.getRole() == pyatspi.ROLE_PUSH_BUTTON and node.getState().contains(pyatspi.STATE_ENABLED)
                 and not node.getState().contains(pyatspi.STATE_CHECKABLE)), None)))
            answer = wait_for("an answer that can be read", lambda: next(
                (words for words in map(words_of, nodes(app)) if "Your documents say" in words), None))
            check("answer")
            print("read:", " ".join(answer.split())[:200])
            if unnamed:
                print("without a name:", *sorted(unnamed), sep="\n  ")
                return 1
            print("every interactive widget has a name")
            return 0
        finally:
            window.terminate()
            window.wait(10)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    raise SystemExit(inside(*sys.argv[1:]) if os.environ.get(INSIDE) else outside())
