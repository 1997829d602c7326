FROM local/debian
COPY postgres-entrypoint.sh /entrypoint.sh
EXPOSE 5432
ENV PATH=/usr/lib/postgresql/15/bin:/usr/bin:/bin PGDATA=/var/lib/postgresql/docker
RUN rm -rf /var/lib/postgresql/15 && chown -R postgres:postgres /var/lib/postgresql
VOLUME /var/lib/postgresql
USER postgres
ENTRYPOINT ["/entrypoint.sh"]
