"""Puts the tools that Bylaw is measured beside into a virtual environment."""
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
# Module, and what to ask the package index for.
PACKAGES = {
    "resiliparse": ["resiliparse<3", "fastwarc<3"],
    "fastwarc": ["fastwarc<3"],
    "trafilatura": ["trafilatura<3", "lxml_html_clean"],
    "datasketch": ["datasketch<3"],
    "simhash": ["simhash<3"],
}
NEEDED = {
    "trafilatura + MinHash-LSH": ["fastwarc", "trafilatura", "datasketch"],
    "resiliparse + MinHash-LSH": ["fastwarc", "resiliparse", "datasketch"],
    "resiliparse + LSH-Ensemble": ["fastwarc", "resiliparse", "datasketch"],
    "resiliparse + simhash": ["fastwarc", "resiliparse", "simhash"],
    "resiliparse + sim_text": ["fastwarc", "resiliparse", "sim_text"],
}


def ask(*command):
    """Why a command fails, or None."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    except OSError as error:
        return str(error)
    lines = [line for line in done.stdout.splitlines() if line.strip() and "[notice]" not in line]
    return None if done.returncode == 0 else lines[-1].strip() if lines else "exit code %d" % done.returncode


def environment(out):
    """Its interpreter, or None and the reason."""
    python = os.path.join(out, "venv", "bin", "python3")
    if ask(python, "-m", "pip", "--version") is None:
        return python, None
    why = ask(sys.executable, "-m", "venv", os.path.join(out, "venv"))
    if why:
        ask(os.path.join(HERE, "..", "install-packages.sh"), "python3-venv")
        why = ask(sys.executable, "-m", "venv", os.path.join(out, "venv"))
    return python, why


def get_package(python, module):
    if ask(python, "-c", "import " + module) is None:
        return None
    why = ask(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "1", "--timeout", "20", *PACKAGES[module])
    return why or ask(python, "-c", "import " + module)


def get_sim_text():
    if shutil.which("sim_text"):
        return None
    why = ask(os.path.join(HERE, "..", "install-packages.sh"), "similarity-tester")
    return None if shutil.which("sim_text") else why or "the package similarity-tester has no sim_text"


def install(out):
    """An interpreter, and why each tool that cannot be run is missing."""
    os.makedirs(out, exist_ok=True)
    python, why = environment(out)
    if why:
        return None, {tool: "no virtual environment: " + why for tool in NEEDED}
    missing = {module: get_package(python, module) for module in PACKAGES}
    missing["sim_text"] = get_sim_text()
    return python, {tool: "; ".join("%s: %s" % (one, missing[one]) for one in needed if missing[one])
                    for tool, needed in NEEDED.items() if any(missing[one] for one in needed)}
