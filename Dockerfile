FROM python:3.13-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/winback
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
ENV PRODUCTION=true STATIC_ROOT=/srv/winback/static-built VAR_DIR=/var/lib/winback
# The values are needed to start and used for nothing; the true ones come when the image runs.
RUN useradd --system winback && install -d -o winback /var/lib/winback \
    && python -m winback.common.catalogue \
    && SECRET_KEY=build ALLOWED_HOSTS=build DATABASE_URL=sqlite://:memory: python manage.py collectstatic --noinput
USER winback
EXPOSE 8000
CMD ["gunicorn", "winback.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--max-requests", "5000", "--max-requests-jitter", "500"]
