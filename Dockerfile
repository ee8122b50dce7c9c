FROM python:3.13-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/winback
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
RUN useradd --system winback && install -d -o winback /var/lib/winback \
    && python -m winback.common.catalogue
ENV VAR_DIR=/var/lib/winback
USER winback
CMD ["gunicorn", "winback.wsgi:application", "--bind", "0.0.0.0:8000"]
